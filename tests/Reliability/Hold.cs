using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// Keeps one write at Azure's door while the test does something: whoever sent it is in the middle of an action all that time.
/// </summary>
internal sealed class Hold
{
    private readonly TaskCompletionSource<TargetId> _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;

    private Hold(int number) => _left = number;

    /// <summary>Holds the write of this number on a ground, counted from now.</summary>
    public static Hold OnWrite(ProvingGround ground, int number)
    {
        var hold = new Hold(number);
        ground.OnRequest = hold.ObserveAsync;
        return hold;
    }

    /// <summary>The target of the held write, as soon as there is one; fails when the worker ends before.</summary>
    public async Task<TargetId> TargetAsync(Worker worker, CancellationToken cancellationToken)
    {
        var end = worker.EndAsync(cancellationToken);
        return await Task.WhenAny(_held.Task, end) == end
            ? throw new InvalidOperationException($"the worker ended before it wrote: {await end}")
            : await _held.Task;
    }

    public void Release() => _released.SetResult();

    private async Task ObserveAsync(RequestObservation seen)
    {
        if (seen is { Method: "PATCH", Moment: RequestMoment.Received } && Interlocked.Decrement(ref _left) == 0)
        {
            _held.SetResult(TargetId.Parse(seen.PathAndQuery.Split('?')[0]));
            await _released.Task;
        }
    }
}
