namespace ScaleFunctions.Core.Policies;

/// <summary>A group of fields whose names have been checked.</summary>
internal sealed class PolicyFields
{
    private readonly PolicyNode.Mapping _mapping;
    private readonly string _path;
    private readonly PolicyErrors _errors;

    private PolicyFields(PolicyNode.Mapping mapping, string path, PolicyErrors errors)
    {
        _mapping = mapping;
        _path = path;
        _errors = errors;
    }

    public PolicyNode Node => _mapping;

    public static PolicyFields Of(PolicyNode.Mapping mapping, string path, FieldNames names, PolicyErrors errors)
    {
        var fields = new PolicyFields(mapping, path, errors);
        foreach (var (key, _) in mapping.Fields)
        {
            fields.CheckName(key, names);
        }

        return fields;
    }

    /// <summary>The field, or null when it is absent or, after adding an error, has no value.</summary>
    public PolicyField? Optional(string name)
    {
        var node = _mapping.Fields.FirstOrDefault(field => field.Key.Text == name).Value;
        if (node is { IsNull: true })
        {
            _errors.Add(node, $"'{PathOf(name)}' has no value; give one or remove the field");
            return null;
        }

        return node is null ? null : new PolicyField(node, PathOf(name), _errors);
    }

    /// <summary>The field, or null after adding an error.</summary>
    public PolicyField? Required(string name)
    {
        if (!Has(name))
        {
            _errors.Add(_mapping, _path.Length == 0
                ? $"the document lacks the required field '{name}'"
                : $"'{_path}' lacks the required field '{name}'");
        }

        return Optional(name);
    }

    public bool Has(string name) => _mapping.Fields.Any(field => field.Key.Text == name);

    private void CheckName(PolicyNode.Scalar key, FieldNames names)
    {
        if (names.Planned.Contains(key.Text))
        {
            _errors.Add(key, $"the field '{PathOf(key.Text)}' is not supported by this version; remove it");
        }
        else if (!names.Allowed.Contains(key.Text))
        {
            var place = _path.Length == 0 ? "the document" : $"'{_path}'";
            _errors.Add(key,
                $"unknown field {Quoted.Text(key.Text)} in {place}{NearName.Hint(key.Text, names.Allowed)} (allowed: {Quoted.List(names.Allowed)})");
        }
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
