"""Written dates and times, whatever their form: read them through `arabic.calendars`."""
