namespace ScaleFunctions.Core.Policies;

/// <summary>A piece of a policy document with the place where it was written. Lines and columns count from 1.</summary>
internal abstract record PolicyNode(int Line, int Column)
{
    /// <summary>A single value; only an unquoted one can be a number, a boolean or null.</summary>
    public sealed record Scalar(string Text, bool IsQuoted, int Line, int Column) : PolicyNode(Line, Column);

    public sealed record Sequence(IReadOnlyList<PolicyNode> Items, int Line, int Column) : PolicyNode(Line, Column);

    /// <summary>Fields in the order written; no key occurs twice.</summary>
    public sealed record Mapping(IReadOnlyList<KeyValuePair<Scalar, PolicyNode>> Fields, int Line, int Column)
        : PolicyNode(Line, Column);

    public bool IsNull => this is Scalar { IsQuoted: false, Text: "" or "~" or "null" or "Null" or "NULL" };
}
