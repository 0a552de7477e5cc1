namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

/// <summary>What can happen to a request and its answer.</summary>
public enum TableFault
{
    None,

    /// <summary>The connection breaks before the request arrives.</summary>
    Unsent,

    /// <summary>The request is carried out; its answer does not arrive.</summary>
    LostAnswer,

    /// <summary>The connection breaks, and the request arrives all the same, after what was sent later.</summary>
    Late,

    /// <summary>The request arrives twice, and the first answer is the one that counts.</summary>
    Duplicate,

    /// <summary>The request arrives twice, and the second answer is the one that counts.</summary>
    DuplicateSecondAnswer,

    /// <summary>The service says 500 and did nothing.</summary>
    ServerError,

    /// <summary>The service says 500 and did it.</summary>
    ServerErrorAfterLanding,

    /// <summary>The service is busy.</summary>
    Busy,
}
