namespace ScaleFunctions.App.Hosting.Api;

/// <summary>An answer that says what is wrong with a request (RFC 9457).</summary>
internal sealed record ApiProblem(string Type, string Title, int Status, string Detail)
{
    public static ApiProblem BadRequest(string detail) => new("about:blank", "Bad request", StatusCodes.Status400BadRequest, detail);

    public static ApiProblem NotFound(string detail) => new("about:blank", "Not found", StatusCodes.Status404NotFound, detail);

    public static ApiProblem Forbidden(string detail) => new("about:blank", "Forbidden", StatusCodes.Status403Forbidden, detail);

    public static ApiProblem Conflict(string detail) => new("about:blank", "Conflict", StatusCodes.Status409Conflict, detail);

    public static ApiProblem Unprocessable(string detail) =>
        new("about:blank", "Unprocessable content", StatusCodes.Status422UnprocessableEntity, detail);

    public static ApiProblem Unavailable(string detail) =>
        new("about:blank", "Service unavailable", StatusCodes.Status503ServiceUnavailable, detail);
}
