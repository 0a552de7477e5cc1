namespace ScaleFunctions.App.Hosting.Api;

/// <summary>An answer that says what is wrong with a request (RFC 9457).</summary>
internal sealed record ApiProblem(string Type, string Title, int Status, string Detail)
{
    public static ApiProblem BadRequest(string detail) => new("about:blank", "Bad request", StatusCodes.Status400BadRequest, detail);

    public static ApiProblem NotFound(string detail) => new("about:blank", "Not found", StatusCodes.Status404NotFound, detail);

    public static ApiProblem Forbidden(string detail) => new("about:blank", "Forbidden", StatusCodes.Status403Forbidden, detail);

    public static ApiProblem Conflict(string detail) => new("about:blank", "Conflict", StatusCodes.Status409Conflict, detail);

    /// <summary>It may be done yet: a caller that asks again under another key may do it twice.</summary>
    public static ApiProblem UnderWay(string detail) => new("urn:scalefunctions:call-under-way", "Call under way", StatusCodes.Status409Conflict, detail);

    public static ApiProblem Unprocessable(string detail) =>
        new("about:blank", "Unprocessable content", StatusCodes.Status422UnprocessableEntity, detail);

    public static ApiProblem Unavailable(string detail) =>
        new("about:blank", "Service unavailable", StatusCodes.Status503ServiceUnavailable, detail);
}
