using System.Text.Json;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Generic;

/// <summary>
/// Every kind of resource that the policies declare, as they do now. A write is read, compare, and PATCH or PUT; where the
/// resource has an ETag it goes along (ADR 12).
/// </summary>
internal sealed class DeclaredTarget(ArmPipelines arm, ArmWriter writer, ArmOperations operations, ResourceKinds kinds) : ITargetKind
{
    public bool Serves(string resourceType) => kinds.Of(resourceType) is not null;

    public async Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken)
    {
        // Before the request: the answer is at least as new as it says.
        var at = arm.Connection.Time.GetUtcNow();
        return await ReadAsync(arm.Reads, KindOf(target), target, cancellationToken).ConfigureAwait(false) switch
        {
            DeclaredReading.Found { Answer: { LeftAlone: null } answer } =>
                new CapacityReading.Read(answer.Capacity, answer.Sku, answer.Version, answer.IsUpdating, at),
            DeclaredReading.Found { Answer.LeftAlone: var reason } => new CapacityReading.Unreadable($"left alone: {reason}", at),
            DeclaredReading.Gone => new CapacityReading.Gone(at),
            DeclaredReading.Refused refused => new CapacityReading.Unreadable(refused.Error.Describe(), at),
            DeclaredReading.Unreadable unreadable => new CapacityReading.Unreadable(unreadable.Reason, at),
            var other => throw new InvalidOperationException($"a resource cannot be read as {other.GetType().Name}"),
        };
    }

    public async Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        if (!JsonVersion.IsVersion(write.IfMatch))
        {
            throw new ArgumentException($"A write to {write.Target} needs the version of the read it was computed from", nameof(write));
        }

        var kind = KindOf(write.Target);
        return await ReadAsync(arm.ReadsOnce, kind, write.Target, cancellationToken).ConfigureAwait(false) switch
        {
            DeclaredReading.Found found => await WriteAsync(kind, write, found, cancellationToken).ConfigureAwait(false),
            DeclaredReading.Gone => new WriteResult.Rejected(FailureClass.Invalid, "ResourceNotFound", "the resource does not exist any more"),
            DeclaredReading.Refused { Error: var error } => new WriteResult.Rejected(error.Class, error.Code, $"nothing was sent: {error.Message}"),
            DeclaredReading.Unreadable unreadable => Unsent("ResourceUnreadable", unreadable.Reason),
            var other => throw new InvalidOperationException($"a resource cannot be read as {other.GetType().Name}"),
        };
    }

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) =>
        operations.ReadAsync(operation, cancellationToken);

    /// <remarks>There is no count of what serves that every provider has, so the resource's own word stands for it.</remarks>
    public async Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) =>
        await ReadAsync(arm.Reads, KindOf(target), target, cancellationToken).ConfigureAwait(false) switch
        {
            DeclaredReading.Found { Answer: var answer } => new InstancesReading.Read(answer.IsReady ? answer.Capacity : 0, answer.Capacity),
            DeclaredReading.Gone => new InstancesReading.Unreadable("the resource does not exist any more"),
            DeclaredReading.Refused refused => new InstancesReading.Unreadable(refused.Error.Describe()),
            DeclaredReading.Unreadable unreadable => new InstancesReading.Unreadable(unreadable.Reason),
            var other => throw new InvalidOperationException($"a resource cannot be read as {other.GetType().Name}"),
        };

    private async Task<WriteResult> WriteAsync(
        ResourceKindPolicy kind, CapacityWrite write, DeclaredReading.Found found, CancellationToken cancellationToken)
    {
        if (found.Answer.LeftAlone is { } reason)
        {
            return Unsent("ResourceLeftAlone", reason);
        }

        // The guards have seen to it; but what is declared could have changed since.
        if (!found.Answer.Range.Allows(write.Goal))
        {
            return Unsent("OutOfRange", $"the declared kind {kind.Name} has no capacity of {write.Goal} for the size {found.Answer.Sku}");
        }

        if (found.Answer.Version != write.IfMatch || found.Answer.IsUpdating)
        {
            return new WriteResult.Stale();
        }

        using var document = JsonDocument.Parse(found.Body.ToMemory(), JsonVersion.Strict);
        var body = new DeclaredBody(kind).With(document.RootElement, write.Goal);
        return kind.Verb == DeclaredVerb.Put
            ? await writer.PutAsync(write.Target, kind.ApiVersion, body, cancellationToken, found.Answer.ETag).ConfigureAwait(false)
            : await writer.PatchAsync(write.Target, kind.ApiVersion, found.Answer.ETag, body, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DeclaredReading> ReadAsync(HttpPipeline pipeline, ResourceKindPolicy kind, TargetId target, CancellationToken cancellationToken) =>
        await BodyReader.ReadAsync(pipeline, ResourceAddress.Of(arm.Connection, target, kind.ApiVersion), cancellationToken).ConfigureAwait(false) switch
        {
            BodyReading.Found { Body: var body } => Read(kind, target, body),
            BodyReading.Gone => new DeclaredReading.Gone(),
            BodyReading.Refused refused => new DeclaredReading.Refused(refused.Error),
            BodyReading.Unreadable unreadable => new DeclaredReading.Unreadable(unreadable.Reason),
            var other => throw new InvalidOperationException($"a body cannot be read as {other.GetType().Name}"),
        };

    private static DeclaredReading Read(ResourceKindPolicy kind, TargetId target, BinaryData body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToMemory(), JsonVersion.Strict);
            return DeclaredAnswer.Read(kind, document.RootElement, out var problem) is not { } answer ? new DeclaredReading.Unreadable(problem)
                : answer.Id != target ? new DeclaredReading.Unreadable("the answer is about another resource")
                : new DeclaredReading.Found(answer, body);
        }
        catch (JsonException exception)
        {
            return new DeclaredReading.Unreadable(AzureFaults.Describe(exception));
        }
    }

    private ResourceKindPolicy KindOf(TargetId target) =>
        kinds.Of(target.ResourceType) ?? throw new ArgumentException($"No policy declares {target.ResourceType}", nameof(target));

    private static WriteResult.Rejected Unsent(string code, string reason) => new(FailureClass.Other, code, $"nothing was sent: {reason}");
}
