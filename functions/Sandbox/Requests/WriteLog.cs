using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Requests;

/// <summary>Every mutating request and foreign change, in the order in which they took effect. Kept whole: it is the judge.</summary>
public sealed class WriteLog
{
    private readonly Lock _gate = new();
    private readonly List<WriteRecord> _records = [];

    public IReadOnlyList<WriteRecord> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Requests that changed something; foreign changes are not among them.</summary>
    public IReadOnlyList<WriteRecord> Effective => [.. All.Where(record => record is { IsEffective: true, IsForeign: false })];

    /// <summary>Writes of a resource, and what it was asked to do.</summary>
    public IReadOnlyList<WriteRecord> Of(TargetId target) =>
        [.. All.Where(record => string.Equals(record.Path, target.Value, StringComparison.OrdinalIgnoreCase)
            || (record.Method == "POST" && record.Path.StartsWith($"{target}/", StringComparison.OrdinalIgnoreCase)))];

    internal void Add(Func<long, WriteRecord> create)
    {
        lock (_gate)
        {
            _records.Add(create(_records.Count + 1));
        }
    }
}
