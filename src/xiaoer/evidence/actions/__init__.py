"""What people and jobs do with evidence, one file for each verb."""
