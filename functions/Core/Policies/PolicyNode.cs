namespace ScaleFunctions.Core.Policies;

/// <summary>A piece of a policy document with the place where it was written; of merged documents each piece keeps its own.</summary>
internal abstract record PolicyNode(PolicySource Source)
{
    /// <summary>A single value; only an unquoted one can be a number, a boolean or null.</summary>
    public sealed record Scalar(string Text, bool IsQuoted, PolicySource Source) : PolicyNode(Source);

    public sealed record Sequence(IReadOnlyList<PolicyNode> Items, PolicySource Source) : PolicyNode(Source);

    /// <summary>Fields in the order written; no key occurs twice.</summary>
    public sealed record Mapping(IReadOnlyList<KeyValuePair<Scalar, PolicyNode>> Fields, PolicySource Source)
        : PolicyNode(Source)
    {
        /// <summary>The value of a field, or null when there is no such field.</summary>
        public PolicyNode? this[string name] => Fields.FirstOrDefault(field => field.Key.Text == name).Value;
    }

    public bool IsNull => this is Scalar { IsQuoted: false, Text: "" or "~" or "null" or "Null" or "NULL" };
}
