namespace ScaleFunctions.Core.Assessments;

/// <summary>What is to be said of a virtual machine that costs more than it does.</summary>
public enum MachineFinding
{
    /// <summary>It was shut down from within, and is paid for all the same.</summary>
    StoppedAndBilled,

    /// <summary>Its processors did next to nothing.</summary>
    Idle,

    /// <summary>Half of its processors would have done.</summary>
    HalfEmpty,
}
