namespace ScaleFunctions.Core.Policies;

/// <summary>Something in a policy that is allowed and probably not meant.</summary>
/// <param name="Source">The value it is about.</param>
/// <param name="Rule">Which of the checks found it.</param>
/// <param name="Message">What will happen, and what to do about it.</param>
public sealed record PolicyFinding(PolicySource Source, string Rule, string Message);
