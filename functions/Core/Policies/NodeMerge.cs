namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Lays one piece of a policy over another: groups of fields are merged field by field, everything else is replaced. Lists
/// are replaced whole, for nobody could say which item of one meets which item of the other.
/// </summary>
internal static class NodeMerge
{
    /// <summary>
    /// Groups that are one thing: half of one limit with half of another is a limit that nobody wrote.
    /// </summary>
    private static readonly string[] Whole = ["atMost", "tolerance", "missingData"];

    public static PolicyNode Over(PolicyNode upper, PolicyNode lower)
    {
        if (upper is not PolicyNode.Mapping above || lower is not PolicyNode.Mapping below)
        {
            return upper;
        }

        var merged = above.Fields.Select(field =>
            !Whole.Contains(field.Key.Text) && below[field.Key.Text] is { } under
                ? KeyValuePair.Create(field.Key, Over(field.Value, under))
                : field);
        return above with { Fields = [.. merged, .. below.Fields.Where(field => above[field.Key.Text] is null)] };
    }
}
