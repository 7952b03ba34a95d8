"""What happens next in a workflow: pure functions and one state, no process, no clock, no file.

It follows the controller of Argo Workflows 3.7 function by function (`workflow/controller` there: dag.go,
steps.go, operator.go, hooks.go), since only the same algorithm gives the same nodes in every corner; a test
runs both side by side.
"""
