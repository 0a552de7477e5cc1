namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Where Bicep calls a module.</summary>
/// <param name="Statement">The declaration.</param>
/// <param name="Line">From 1.</param>
/// <param name="Source">The module, as it stands there.</param>
/// <param name="Target">The file that is; absent when it is none of the directory's.</param>
/// <param name="IsLoop">Whether it is called for each of something.</param>
/// <param name="Parameters">What it is given; absent when that is no plain object.</param>
internal sealed record BicepCall(BicepStatement Statement, int Line, string Source, string? Target, bool IsLoop, IReadOnlyList<CodeAttribute>? Parameters)
{
    public string Name => Statement.Name;

    /// <summary>Whether it is a file: those of registries and template specs begin with what they are.</summary>
    public bool IsFile => Source.Length > 0 && !Source.Contains(':', StringComparison.Ordinal);
}
