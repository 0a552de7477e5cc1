namespace ScaleFunctions.App.Commands;

/// <summary>One target of <c>plan</c>.</summary>
internal sealed record PlanLine(
    string Target, string Id, int Current, int Goal, string Outcome, bool WouldChange, string Reason, string Counterfactual);
