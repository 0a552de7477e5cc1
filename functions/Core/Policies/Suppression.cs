namespace ScaleFunctions.Core.Policies;

/// <summary>Resources of which nothing is recommended for a while.</summary>
/// <param name="Name">Name of the resource, or the beginning of names followed by <c>*</c>.</param>
/// <param name="Until">The last day.</param>
/// <param name="Reason">Why.</param>
public sealed record Suppression(string Name, DateOnly Until, string Reason)
{
    public bool Holds(string resource, DateOnly today) => today <= Until && NamePattern.Fits(Name, resource);
}
