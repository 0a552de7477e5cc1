namespace ScaleFunctions.Sandbox.Requests;

/// <summary>Named moments in the life of a request.</summary>
public enum RequestMoment
{
    /// <summary>It arrived; nothing was done yet.</summary>
    Received,

    /// <summary>It changed a resource; nothing was answered yet.</summary>
    Applied,

    /// <summary>Its answer was sent, or its connection cut.</summary>
    Answered,
}
