namespace ScaleFunctions.Core.State;

/// <summary>How a request for an approval stands.</summary>
public enum ApprovalStatus
{
    /// <summary>Nobody has answered yet.</summary>
    Pending,

    Approved,

    Denied,

    /// <summary>Nobody answered in time, which means no.</summary>
    Expired,

    /// <summary>What was asked for is not what is wanted any more.</summary>
    Void,
}
