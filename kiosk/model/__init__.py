"""What is shown and when: pure values and functions, the time is passed in."""
