using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Core.Checks;

/// <summary>Asks after an action whether the instances arrived. A check never lowers anything.</summary>
public static class ArrivalCheck
{
    /// <summary>Fifteen minutes for an instance to arrive: cluster-autoscaler's limit.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static PendingCheck Begin(Intent intent, DateTimeOffset now) =>
        new(intent.Epoch, intent.Instances ?? intent.Base.Capacity, intent.Goal, now, now + Patience) { AskedAt = intent.SentAt, PolicyVersion = intent.PolicyVersion };

    /// <summary>The answer, or nothing as long as there is time.</summary>
    public static CheckEnd? Judge(PendingCheck check, InstancesReading instances, DateTimeOffset now)
    {
        var isLate = now >= check.Deadline;
        return instances switch
        {
            InstancesReading.Read read when HasArrived(check, read) => new CheckEnd.Arrived(read.Ready, now - check.StartedAt),
            InstancesReading.Read read when isLate => new CheckEnd.Incomplete(read.Ready, read.Total) { Failed = read.Failed },
            InstancesReading.Unreadable unreadable when isLate => new CheckEnd.Unverified(unreadable.Reason),
            _ => null,
        };
    }

    private static bool HasArrived(PendingCheck check, InstancesReading.Read read) =>
        check.Goal > check.From ? read.Ready >= check.Goal : read.Total <= check.Goal;
}
