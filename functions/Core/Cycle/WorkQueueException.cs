namespace ScaleFunctions.Core.Cycle;

/// <summary>A queue could not be reached or refused a message.</summary>
public sealed class WorkQueueException : Exception
{
    public WorkQueueException()
    {
    }

    public WorkQueueException(string message)
        : base(message)
    {
    }

    public WorkQueueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
