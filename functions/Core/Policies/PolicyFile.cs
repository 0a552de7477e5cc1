namespace ScaleFunctions.Core.Policies;

/// <summary>A policy file as read from disk.</summary>
/// <param name="Name">Path as the user would name it; it opens every error message.</param>
/// <param name="Content">The bytes, at most <see cref="MaximumBytes"/> + 1 of them.</param>
public sealed record PolicyFile(string Name, ReadOnlyMemory<byte> Content)
{
    public const int MaximumBytes = 256 * 1024;
}
