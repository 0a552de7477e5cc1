namespace ScaleFunctions.Core.Policies;

/// <summary>A change that was made before a case begins.</summary>
public sealed record GivenChange(TimeSpan Ago, int From, int To);
