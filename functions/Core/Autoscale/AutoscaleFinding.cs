namespace ScaleFunctions.Core.Autoscale;

/// <summary>What is allowed in a setting and probably not meant.</summary>
/// <param name="Rule">Name of what was checked, for programs.</param>
/// <param name="Message">For people.</param>
public sealed record AutoscaleFinding(string Rule, string Message);
