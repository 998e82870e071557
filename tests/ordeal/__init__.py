"""What a build must live through, each as a module that counts what goes wrong.

Each has a short form among the scenarios; with a count as its argument, it is a program that prints
its figures. All but the number of trials should be 0.
"""
