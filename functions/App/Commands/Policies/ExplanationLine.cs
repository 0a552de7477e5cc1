namespace ScaleFunctions.App.Commands.Policies;

/// <summary>One decision, or several in a row that were alike.</summary>
internal sealed record ExplanationLine(
    DateTimeOffset From, DateTimeOffset Until, int Evaluations, int Current, int Goal, string What, string Reason, string Counterfactual);
