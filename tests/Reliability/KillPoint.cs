using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>A moment in a worker's life at which it can be killed, provably then and not a little later.</summary>
internal abstract record KillPoint
{
    /// <summary>Longer than it takes to meet any point as often as asked for; a worker that gets there was not killed.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(3);

    private KillPoint()
    {
    }

    /// <summary>Runs a worker until it meets the point for the n-th time, which is its end.</summary>
    public abstract Task KillAsync(ProvingGround ground, int meeting, CancellationToken cancellationToken);

    /// <summary>A step of an action: <c>action.open:start</c>, <c>:stop</c>, or <c>:within</c> for a little after the start.</summary>
    public sealed record Inside(string Step) : KillPoint
    {
        public override async Task KillAsync(ProvingGround ground, int meeting, CancellationToken cancellationToken)
        {
            var killAt = Step.EndsWith(":within", StringComparison.Ordinal) ? $"{Step}:{meeting}:{Microseconds(meeting)}" : $"{Step}:{meeting}";
            await using var worker = ground.Serve(LongEnough, killAt);
            var end = await worker.EndAsync(cancellationToken);
            Assert.True(end.ExitCode == Worker.KilledExitCode && end.Errors.Contains($"[killed at {killAt}]"), $"not killed at {killAt}: {end}");
        }

        public override string ToString() => Step;

        // Spread over the length of a step, which is two flushed commits.
        private static int Microseconds(int meeting) => 100 + (meeting * 377 % 2500);
    }

    /// <summary>A moment of a request, seen from Azure.</summary>
    public sealed record Outside(string Method, RequestKind Kind, RequestMoment Moment) : KillPoint
    {
        public override async Task KillAsync(ProvingGround ground, int meeting, CancellationToken cancellationToken)
        {
            var left = meeting;
            var started = new TaskCompletionSource<Worker>();
            ground.OnRequest = async seen =>
            {
                if (seen.Method == Method && seen.Kind == Kind && seen.Moment == Moment && Interlocked.Decrement(ref left) == 0)
                {
                    await (await started.Task).KillAsync();
                }
            };
            await using var worker = ground.Serve(LongEnough);
            started.SetResult(worker);
            var end = await worker.EndAsync(cancellationToken);
            ground.OnRequest = null;
            Assert.True(end.ExitCode == Worker.KilledExitCode && left == 0, $"not killed at {this}, {left} to go: {end}");
        }

        public override string ToString() => $"{Method} {Kind}: {Moment}";
    }
}
