namespace ScaleFunctions.Adapters.Notifications;

/// <summary>An alert was to be sent where none may go.</summary>
internal sealed class RefusedDestinationException : Exception
{
    public RefusedDestinationException()
    {
    }

    public RefusedDestinationException(string message)
        : base(message)
    {
    }

    public RefusedDestinationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
