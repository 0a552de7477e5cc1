using System.Diagnostics;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>The spans of the cycle that the calls of a test end, and none of tests that run beside it.</summary>
internal sealed class TracedSpans : IDisposable
{
    private readonly Activity _root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
    private readonly ActivityListener _listener;
    private readonly List<Activity> _ended = [];

    public TracedSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CycleActivity.SourceName,
            Sample = (ref options) => options.Parent.TraceId == _root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Named(string name)
    {
        lock (_ended)
        {
            return [.. _ended.Where(each => each.OperationName == name)];
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _root.Dispose();
    }

    private void Note(Activity ended)
    {
        if (ended.TraceId != _root.TraceId)
        {
            return;
        }

        lock (_ended)
        {
            _ended.Add(ended);
        }
    }
}
