using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.ActivityLogs;

/// <summary>Tells who changed a resource.</summary>
public interface IActivityLog
{
    /// <summary>The writes and actions on a resource in a span of time; Azure keeps 90 days.</summary>
    Task<ActivityReading> ReadAsync(TargetId target, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
