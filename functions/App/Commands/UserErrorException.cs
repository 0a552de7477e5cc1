namespace ScaleFunctions.App.Commands;

/// <summary>Something the user can mend; the message says what, where and how.</summary>
internal class UserErrorException : Exception
{
    public UserErrorException()
    {
    }

    public UserErrorException(string message)
        : base(message)
    {
    }

    public UserErrorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
