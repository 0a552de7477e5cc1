namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>Why nothing is said of a resource's size; counted, so that nobody takes silence for praise.</summary>
public enum NotJudgedReason
{
    /// <summary>No metric of this kind of resource is known.</summary>
    UnknownKind,

    /// <summary>It has no instance.</summary>
    Stopped,

    /// <summary>Several policies ask for it.</summary>
    Conflict,

    NoProcessorMetric,

    /// <summary>A size chosen without it is chosen by half: what has too little memory does not become slow, it dies.</summary>
    NoMemoryMetric,

    ShortHistory,

    NotPriced,

    /// <summary>Azure's list does not have its size.</summary>
    UnknownSize,

    /// <summary>Its cores are only there as long as it has credits, which nobody looks at.</summary>
    Burstable,

    /// <summary>What another size must have could not be read.</summary>
    UnknownNeeds,

    /// <summary>Something went wrong: asked again it may be known.</summary>
    Unreadable,
}
