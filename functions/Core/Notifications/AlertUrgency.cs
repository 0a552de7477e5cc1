namespace ScaleFunctions.Core.Notifications;

/// <summary>How soon somebody has to look.</summary>
public enum AlertUrgency
{
    /// <summary>When there is time.</summary>
    Notice,

    /// <summary>Today.</summary>
    Warning,

    /// <summary>Now. Such a one is sent by itself, also where others wait for a digest.</summary>
    Critical,
}
