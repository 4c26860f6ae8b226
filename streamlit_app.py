"""Entry point: navigation, run."""
from pages.ui import navigation

navigation.run()
