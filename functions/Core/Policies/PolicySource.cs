namespace ScaleFunctions.Core.Policies;

/// <summary>Where a policy, or a value in it, was written. Lines and columns count from 1.</summary>
public readonly record struct PolicySource(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
