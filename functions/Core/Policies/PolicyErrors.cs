namespace ScaleFunctions.Core.Policies;

/// <summary>Collects what is wrong in one file.</summary>
internal sealed class PolicyErrors(string file)
{
    /// <summary>More would bury the first, which usually explains the rest; it also bounds the work a hostile file can cause.</summary>
    public const int MaximumShown = 100;

    private readonly List<PolicyError> _shown = [];

    public string File => file;

    /// <summary>All errors met, shown or not: tells whether a step added one.</summary>
    public int Count { get; private set; }

    /// <summary>Where what may hold the platform's bounds could first not be read; null while nothing was lost.</summary>
    public PolicySource? LostBounds { get; private set; }

    public IReadOnlyList<PolicyError> Shown => _shown;

    public void Add(int line, int column, string message) => Add(Source(line, column), message);

    public void Add(PolicyNode node, string message) => Add(node.Source, message);

    /// <summary>Says of what was told last that it may have held the platform's bounds.</summary>
    public void LoseBounds() => LostBounds ??= _shown[^1].Source;

    private void Add(PolicySource source, string message)
    {
        Count++;
        if (Count <= MaximumShown)
        {
            _shown.Add(new PolicyError(source, message));
        }
        else if (Count == MaximumShown + 1)
        {
            _shown.Add(new PolicyError(
                source, $"more than {MaximumShown} errors in this file; the rest is not shown"));
        }
    }

    public PolicySource Source(int line, int column) => new(file, line, column);
}
