using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Autoscale;

/// <summary>
/// The floor under Azure's own autoscale, as if it were the capacity of the setting: what is read is the minimum in force, what is
/// written is a profile of ours that ends by itself. The API has no ETag, so a read just before the write stands in for a
/// precondition (ADR 11).
/// </summary>
internal sealed class AutoscaleFloor(ArmPipelines arm, ArmWriter writer, ArmOperations operations) : ITargetKind
{
    private readonly SettingReader _reader = new(arm);

    public bool Serves(string resourceType) => string.Equals(AutoscaleSetting.ResourceType, resourceType, StringComparison.OrdinalIgnoreCase);

    public async Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken)
    {
        // Before the request: the answer is at least as new as it says.
        var at = arm.Connection.Time.GetUtcNow();
        return await _reader.ReadAsync(arm.Reads, target, at, cancellationToken).ConfigureAwait(false) switch
        {
            SettingReading.Found { Setting: { Own: { } own } setting } found =>
                new CapacityReading.Read(setting.InForce, own.Name, found.Version, IsUpdating: false, at),
            SettingReading.Found { Setting.Problem: var problem } => new CapacityReading.Unreadable(problem!, at),
            SettingReading.Gone => new CapacityReading.Gone(at),
            SettingReading.Refused refused => new CapacityReading.Unreadable(refused.Error.Describe(), at),
            SettingReading.Unreadable unreadable => new CapacityReading.Unreadable(unreadable.Reason, at),
            var other => throw new InvalidOperationException($"a setting cannot be read as {other.GetType().Name}"),
        };
    }

    public async Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        if (!JsonVersion.IsVersion(write.IfMatch))
        {
            throw new ArgumentException($"A write to {write.Target} needs the version of the read it was computed from", nameof(write));
        }

        var now = arm.Connection.Time.GetUtcNow();
        return await _reader.ReadAsync(arm.ReadsOnce, write.Target, now, cancellationToken).ConfigureAwait(false) switch
        {
            SettingReading.Found found => await WriteAsync(write, found, now, cancellationToken).ConfigureAwait(false),
            SettingReading.Gone => Unsent("ResourceNotFound", "the autoscale setting does not exist any more", FailureClass.Invalid),
            SettingReading.Refused { Error: var error } => Unsent(error.Code, error.Message, error.Class),
            SettingReading.Unreadable unreadable => Unsent("SettingUnreadable", unreadable.Reason),
            var other => throw new InvalidOperationException($"a setting cannot be read as {other.GetType().Name}"),
        };
    }

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) =>
        operations.ReadAsync(operation, cancellationToken);

    /// <remarks>The instances are those of the resource, and its own kind counts them.</remarks>
    public Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) =>
        Task.FromResult<InstancesReading>(new InstancesReading.Unreadable("an autoscale setting has no instances"));

    private async Task<WriteResult> WriteAsync(CapacityWrite write, SettingReading.Found found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var setting = found.Setting;
        if (!setting.Setting.IsEnabled)
        {
            return Unsent("SettingDisabled", "the autoscale setting is switched off, so a floor in it would do nothing");
        }

        if (setting.Problem is { } problem)
        {
            return Unsent("CannotSteer", problem);
        }

        if (found.Version != write.IfMatch)
        {
            return new WriteResult.Stale();
        }

        var own = setting.Own!;
        return write.Goal > own.Maximum ? Unsent("AboveMaximum", $"the profile '{own.Name}' has at most {own.Maximum} instances", FailureClass.Quota)
            : write.Goal < own.Minimum ? Unsent("BelowMinimum", $"the profile '{own.Name}' has at least {own.Minimum} instances", FailureClass.Invalid)
            : await writer.PutAsync(
                write.Target, ApiVersions.AutoscaleSettings, SettingBody.WithFloor(found.Body, setting, write.Goal, now), cancellationToken).ConfigureAwait(false);
    }

    private static WriteResult.Rejected Unsent(string code, string reason, FailureClass failure = FailureClass.Other) =>
        new(failure, code, $"nothing was sent: {reason}");
}
