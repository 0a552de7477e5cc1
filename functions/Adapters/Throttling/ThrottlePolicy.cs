using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Adapters.Throttling;

/// <summary>
/// Lets each try of a request leave only when Azure's limits have room for it. It waits within the deadline of the work at hand;
/// what would have to wait longer is deferred. Writes never wait: one that leaves late could arrive after its action was settled.
/// </summary>
internal sealed class ThrottlePolicy(AzureConnection connection, LaneGates gates, Func<Uri, bool> isManagement, bool isWrite, bool mayWait) : HttpPipelinePolicy
{
    /// <summary>No time at all would be none to the SDK's timer.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var address = message.Request.Uri.ToUri();
        var isArm = isManagement(address);
        var lane = LaneAddress.Of(address, isArm, isWrite);
        var isProbe = await EnterAsync(message, lane, isArm).ConfigureAwait(false);
        if (connection.Deadline.Left is { } left)
        {
            var usual = message.NetworkTimeout ?? connection.ReadTimeout;
            message.NetworkTimeout = left > usual ? usual : left > Shortest ? left : Shortest;
        }

        string? fault = null;
        var isAnswered = false;
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            isAnswered = true;
        }
        catch (Exception exception) when (!message.CancellationToken.IsCancellationRequested)
        {
            fault = AzureFaults.Cover(exception, message.CancellationToken) ? "no answer again and again" : null;
            throw;
        }
        finally
        {
            gates.Leave(lane, message, isArm, isProbe, isAnswered ? message.Response : null, fault);
            gates.Usage?.Add(KindOf(lane, isArm));
            ThrottleMeter.Answered(lane, isArm, isAnswered ? message.Response : null);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("requests to Azure are asynchronous here");

    private UsageKind KindOf(RequestLane lane, bool isArm) =>
        isArm ? lane.IsWrite ? UsageKind.ArmWrites : UsageKind.ArmReads
        : lane.Provider.EndsWith($".{connection.MetricsDomain}", StringComparison.OrdinalIgnoreCase) ? UsageKind.MetricReads
        : UsageKind.OtherReads;

    /// <summary>How long may be waited now.</summary>
    private TimeSpan Patience
    {
        get
        {
            var left = connection.Deadline.Until - connection.Time.GetUtcNow();
            return !mayWait || left < TimeSpan.Zero || connection.Deadline.IsOver ? TimeSpan.Zero
                : left < connection.LongestReadDelay ? left.Value : connection.LongestReadDelay;
        }
    }

    /// <returns>Whether it goes ahead for all others.</returns>
    private async ValueTask<bool> EnterAsync(HttpMessage message, RequestLane lane, bool isArm)
    {
        if (connection.Deadline.IsOver)
        {
            throw new RequestDeferredException("not asked: the time was up");
        }

        var wait = gates.Reserve(lane, isArm);
        try
        {
            if (wait > TimeSpan.Zero)
            {
                await WaitAsync(wait, $"{lane}: what Azure allows at once is used up", message.CancellationToken).ConfigureAwait(false);
            }

            while (true)
            {
                switch (gates.Ask(lane, message, mayWait))
                {
                    case Admission.Go go:
                        return go.IsProbe;
                    case Admission.Wait shut:
                        await WaitAsync(
                            shut.HelpsToWait ? shut.Until - connection.Time.GetUtcNow() : TimeSpan.MaxValue, shut.Reason, message.CancellationToken)
                            .ConfigureAwait(false);
                        break;
                    case Admission.Behind behind:
                        await BehindAsync(behind, message.CancellationToken).ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (Exception exception)
        {
            gates.Return(lane, isArm);
            if (exception is RequestDeferredException)
            {
                ThrottleMeter.Deferred(lane, isArm);
            }

            throw;
        }
    }

    private async ValueTask WaitAsync(TimeSpan wait, string reason, CancellationToken cancellationToken)
    {
        if (wait > Patience)
        {
            throw Deferred(reason);
        }

        var waited = wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        await connection.Wait(waited, cancellationToken).ConfigureAwait(false);
        ThrottleMeter.Waited(waited);
    }

    private async ValueTask BehindAsync(Admission.Behind behind, CancellationToken cancellationToken)
    {
        if (Patience == TimeSpan.Zero)
        {
            throw Deferred(behind.Reason);
        }

        await behind.Answered.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private RequestDeferredException Deferred(string reason) => new(string.Create(
        CultureInfo.InvariantCulture, $"deferred at {connection.Time.GetUtcNow():HH:mm:ss}, {reason}"));
}
