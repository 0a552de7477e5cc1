namespace ScaleFunctions.Core.Policies;

/// <summary>What is wrong in a policy file, where, and what was expected.</summary>
public sealed record PolicyError(PolicySource Source, string Message)
{
    public override string ToString() => $"{Source}: {Message}";
}
