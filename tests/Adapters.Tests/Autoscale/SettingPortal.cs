using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;

namespace ScaleFunctions.Adapters.Tests.Autoscale;

/// <summary>Somebody else who looks at a setting and edits it.</summary>
internal sealed class SettingPortal(SandboxServer sandbox, TargetId setting)
{
    /// <summary>The setting as Azure shows it.</summary>
    public async Task<JsonObject> ReadAsync() => JsonNode.Parse(await SendAsync(HttpMethod.Get, null))!.AsObject();

    public async Task EditAsync(Action<JsonObject> change)
    {
        var body = await ReadAsync();
        change(body);
        await SendAsync(HttpMethod.Put, body.ToJsonString());
    }

    private async Task<string> SendAsync(HttpMethod method, string? body)
    {
        using var client = new HttpClient(sandbox.Connection.CreateHandler(sandbox.Clock));
        using var request = new HttpRequestMessage(method, $"https://management.azure.com{setting}?api-version=2022-10-01");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "somebody-else");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
