"""Files on disk: pages, images, styles and fonts go into the folder of pages, and the site's place.

Texts and paths go in, the paths of what changed come out. Nothing of the user's is ever touched. It
must not know what a page says, nor how it is rendered.
"""
