"""Files of products, locations, stock and movements: read, checked row by row, and written in one transaction."""
