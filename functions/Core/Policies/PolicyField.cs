namespace ScaleFunctions.Core.Policies;

/// <summary>A value of a policy with its path, ready to be read as a type. Readers answer null after adding an error.</summary>
internal sealed record PolicyField(PolicyNode Node, string Path, PolicyErrors Errors)
{
    /// <summary>No list of a policy needs more; comparing each item with the others stays cheap.</summary>
    public const int MaximumItems = 100;

    /// <summary>Adds "'path' must be …, but …", so every message says what was expected and what was found.</summary>
    public void MustBe(string expected) => Errors.Add(Node, $"'{Path}' must be {expected}, but {Found}");

    public void Fail(string message) => Errors.Add(Node, $"'{Path}' {message}");

    private string Found => Node switch
    {
        PolicyNode.Sequence => "is a list",
        PolicyNode.Mapping => "is a group of fields",
        PolicyNode.Scalar { IsQuoted: true } scalar => $"is the quoted text {Quoted.Text(scalar.Text)}",
        PolicyNode.Scalar scalar => $"is {Quoted.Text(scalar.Text)}",
        _ => "is something else",
    };

    /// <summary>The fields below this value, after refusing every name that is not allowed.</summary>
    public PolicyFields? Fields(FieldNames names)
    {
        if (Node is PolicyNode.Mapping mapping)
        {
            return PolicyFields.Of(mapping, Path, names, Errors);
        }

        MustBe($"a group of fields ({Quoted.List(names.Allowed)})");
        return null;
    }

    /// <summary>The items of a list, which holds at least one.</summary>
    public IReadOnlyList<PolicyField>? Items()
    {
        if (Node is not PolicyNode.Sequence sequence)
        {
            MustBe("a list ('- ' items, or [a, b])");
            return null;
        }

        if (sequence.Items.Count == 0)
        {
            Fail("is an empty list; give at least one item");
            return null;
        }

        if (sequence.Items.Count > MaximumItems)
        {
            Fail($"has {sequence.Items.Count} items; at most {MaximumItems} are allowed");
            return null;
        }

        return [.. sequence.Items.Select((item, index) => new PolicyField(item, $"{Path}[{index}]", Errors))];
    }
}
