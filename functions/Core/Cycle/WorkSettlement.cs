namespace ScaleFunctions.Core.Cycle;

/// <summary>What became of completing, abandoning or poisoning a message.</summary>
public enum WorkSettlement
{
    Done,

    /// <summary>Nothing was changed: the lease had ended and the message was delivered again, or it is gone.</summary>
    ReceiptLost,
}
