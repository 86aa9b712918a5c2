"""Many finished runs at once, of many councils and years: each checked, told in one data set, and compared.

A bundle is looked at in a process of its own, with bounds on time and memory, so that one that is damaged or hostile
stops none of the others. The bundles lie in a folder or an object store; the work is shared by Dask.
"""
