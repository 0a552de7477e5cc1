namespace ScaleFunctions.Core.Assessments;

/// <summary>Somebody who wrote a resource just when it jumped.</summary>
/// <param name="Caller">A mail address, or the id of an application.</param>
/// <param name="Jumps">At how many of the jumps.</param>
public sealed record JumpAuthor(string Caller, int Jumps);
