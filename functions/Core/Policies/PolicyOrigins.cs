namespace ScaleFunctions.Core.Policies;

/// <summary>Where each value of a policy was written: in its own file, in a preset, in the policy it extends.</summary>
public sealed class PolicyOrigins
{
    private readonly Dictionary<string, PolicySource> _sources = new(StringComparer.Ordinal);

    public static PolicyOrigins None { get; } = new();

    /// <summary>Where the value was written; null for a default. A value given for several, such as one tolerance for both directions, counts for each.</summary>
    public PolicySource? Of(string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            if (_sources.TryGetValue(at, out var source))
            {
                return source;
            }
        }

        return null;
    }

    internal static PolicyOrigins From(PolicyNode spec)
    {
        var origins = new PolicyOrigins();
        origins.Add("spec", spec);
        return origins;
    }

    /// <summary>Groups of fields have no origin of their own: a field they lack was not written there.</summary>
    private void Add(string path, PolicyNode node)
    {
        switch (node)
        {
            case PolicyNode.Mapping mapping:
                foreach (var (key, value) in mapping.Fields)
                {
                    Add($"{path}.{key.Text}", value);
                }

                break;
            case PolicyNode.Sequence sequence:
                for (var index = 0; index < sequence.Items.Count; index++)
                {
                    Add($"{path}[{index}]", sequence.Items[index]);
                }

                break;
            default:
                _sources[path] = node.Source;
                break;
        }
    }
}
