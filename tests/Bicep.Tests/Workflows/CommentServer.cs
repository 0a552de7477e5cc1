using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ScaleFunctions.Bicep.Tests.Workflows;

/// <summary>Stands for the comments of GitHub's API, on loopback: pages of them, made and changed by whoever has the token.</summary>
internal sealed class CommentServer : IAsyncDisposable
{
    public const string Repository = "owner/name";
    public const string Token = "token-of-the-job";

    private readonly WebApplication _app;

    private CommentServer(WebApplication app) => _app = app;

    public List<Comment> Comments { get; } = [];

    public List<string> Calls { get; } = [];

    public string Address => _app.Urls.Single();

    public static async Task<CommentServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new CommentServer(app);
        app.MapGet($"/repos/{Repository}/issues/{{number}}/comments", (RequestDelegate)server.ListAsync);
        app.MapPost($"/repos/{Repository}/issues/{{number}}/comments", (RequestDelegate)server.AddAsync);
        app.MapMethods($"/repos/{Repository}/issues/comments/{{id}}", ["PATCH"], (RequestDelegate)server.ChangeAsync);
        app.Use(async (context, next) =>
        {
            server.Calls.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            if (context.Request.Headers.Authorization != $"Bearer {Token}")
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            await next(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task ListAsync(HttpContext context)
    {
        var (size, page) = (Number(context, "per_page"), Number(context, "page"));
        return context.Response.WriteAsync(new JsonArray([.. Comments.Skip((page - 1) * size).Take(size).Select(comment =>
            new JsonObject { ["id"] = comment.Id, ["body"] = comment.Body, ["user"] = new JsonObject { ["login"] = comment.Author } })]).ToJsonString());
    }

    private async Task AddAsync(HttpContext context)
    {
        Comments.Add(new Comment(Comments.Count + 1, "github-actions[bot]", await BodyAsync(context)));
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private async Task ChangeAsync(HttpContext context)
    {
        var index = Comments.FindIndex(comment => $"{comment.Id}" == context.GetRouteValue("id")!.ToString());
        if (index < 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Comments[index] = Comments[index] with { Body = await BodyAsync(context) };
    }

    private static int Number(HttpContext context, string name) => int.Parse(context.Request.Query[name]!, CultureInfo.InvariantCulture);

    private static async Task<string> BodyAsync(HttpContext context) =>
        (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!["body"]!.ToString();
}

/// <summary>A comment on a pull request.</summary>
internal sealed record Comment(int Id, string Author, string Body);
