"""What can be done with appeals, one file for each verb."""
