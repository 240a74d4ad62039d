"""The local web page: releases side by side, live on save, and translations edited in place."""
