namespace ScaleFunctions.App.Commands.Plans;

/// <summary>How far something that was to be done has come.</summary>
internal enum ApplyResult
{
    /// <summary>Done, and seen to its end.</summary>
    Done,

    /// <summary>Azure took it; whether it arrived is looked at later.</summary>
    Asked,

    /// <summary>Not done yet: the caps spread it, a person is asked, or something has changed since the plan.</summary>
    Left,

    /// <summary>Azure refused it, or it did not arrive.</summary>
    Failed,
}
