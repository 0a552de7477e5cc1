using System.Text.RegularExpressions;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>What the queues are called. The bindings of the queue-triggered functions must name the same.</summary>
public sealed partial class WorkQueueNames
{
    // The Functions host moves messages there; ours go to the same place.
    private const string PoisonSuffix = "-poison";

    private readonly Dictionary<WorkKind, string> _names;

    /// <param name="names">Names that differ from the defaults, which are the kinds in lower case.</param>
    /// <exception cref="ArgumentException">A storage account could not have such queues, or two would be one.</exception>
    public WorkQueueNames(IReadOnlyDictionary<WorkKind, string>? names = null)
    {
        _names = Enum.GetValues<WorkKind>().ToDictionary(kind => kind, kind => names?.GetValueOrDefault(kind) ?? kind.ToString().ToLowerInvariant());
        foreach (var name in _names.Keys.SelectMany(kind => new[] { Of(kind), PoisonOf(kind) }))
        {
            if (name.Length is < 3 or > 63 || !Allowed().IsMatch(name))
            {
                throw new ArgumentException(
                    $"'{name}' cannot be the name of a queue: 3 to 63 lower-case letters, digits and single hyphens.", nameof(names));
            }
        }

        if (_names.Keys.SelectMany(kind => new[] { Of(kind), PoisonOf(kind) }).Distinct().Count() < 2 * _names.Count)
        {
            throw new ArgumentException("Two queues have one name.", nameof(names));
        }
    }

    public static WorkQueueNames Default { get; } = new();

    public string Of(WorkKind kind) => _names[kind];

    /// <summary>The queue of messages that nobody could handle.</summary>
    public string PoisonOf(WorkKind kind) => $"{_names[kind]}{PoisonSuffix}";

    // https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata
    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Allowed();
}
