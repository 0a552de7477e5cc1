namespace ScaleFunctions.App.Commands.Policies;

/// <summary>One value of <c>explain</c>.</summary>
internal sealed record EffectiveValueLine(string Kind, string Policy, string Field, string Value, string Origin, string Note);
