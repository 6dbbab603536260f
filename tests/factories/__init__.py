"""Pages, answers, codes and accounts, made as staff and visitors make them."""
